"""An index on disk, against which new documents are compared."""
