"""Press kits: a story or exemplar as a ZIP file for a newsroom, each client's copy its own."""
