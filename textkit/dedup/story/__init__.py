"""The same event told anew: key facts and story groups."""
