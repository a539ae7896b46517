"""Rolegraph's own titles: what people call work that publishers' lists of titles do not name, or place elsewhere.

TSV files, written by hand and reviewed like code, sorted by their first column:

modern.tsv         titles of recent work, and common titles that publishers place in unlikely occupations
british.tsv        titles of Britain and the Commonwealth
spanish.tsv        common titles in Spanish
                   Columns: title; code, the SOC code of its occupation.
abbreviations.tsv  Columns: abbreviation; words that it stands for; code, where the abbreviation alone is a title.
synonyms.tsv       Columns: words of titles; other words for the same.
uncovered.tsv      Columns: title of work that the wage data leave out; reason, a key of reasons.tsv.
reasons.tsv        Columns: reason; sentence.

Search also looks for the words that abbreviations stand for and for the other words of synonyms. They are stored as
``TitleSynonym``, since search cannot read these files.
"""
