"""Tests of the image, of compose.yaml and of the pages about them: no container engine is needed, or asked for."""
