"""How an operation is run fast, and answered as the reference executor would answer it.

graphql-core walks an operation object by object and field by field, and spends some microseconds of Python on each.
Here an operation is *compiled* once: into Python source that is written for it alone, and then runs for every request.
The chapters, in the order in which they build on each other:

``fields``      how the schema says that a field is answered: by an attribute of its parent, or by a batch.
``kinds``       the types of the schema, as the other chapters look at them.
``leaves``      what counts as a value of a scalar or an enum without further ado, one value or a column of them.
``columns``     lists of parents taken apart into columns of values, and put together again.
``types``       what is known of the schema's types, for all programs together.
``arguments``   the arguments of a field: known when the operation is compiled, or made from its variables.
``variables``   the variables of an operation, coerced.
``selections``  what is asked of each type of object, fragments and directives done with.
``code``        the two forms of a program: steps, ready at once, and Python source for what is asked for again.
``fragments``   encoded answers about single objects, kept to be pasted into other answers.
``compiler``    from a selection to its program.
``stock``       operations on stock Strawberry.
``executor``    compiled operations, and what happens when one meets a value that it was not written for.

Two ideas carry all of it. *Breadth first*: the program asks each batch once for all parents of a level, and reads
plain attributes column by column, so that work is done per level and not per field; outside of lists it is
straight-line code. *Surprises*: the program only knows how to answer when nothing is wrong. It looks at each value's
class, and at the first one that it doesn't expect it gives up. Then the operation runs on stock Strawberry, with the
results of all batches that were called so far played back. So whatever is wrong with an answer, its errors, their
paths and the nulls that they leave are the reference executor's own, and no batch is called twice.

To lift this out into another project, take the folder, and give it a schema whose fields name their batches in their
metadata (see ``fields``) and a context that answers them (see ``executor.Context``).
"""
