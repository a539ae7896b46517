"""Tests of the image, of compose.yaml and of the pages about them. They need no container engine."""
