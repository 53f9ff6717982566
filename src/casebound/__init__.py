"""Case recording for children's homes in England."""
