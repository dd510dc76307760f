"""What picture files say of themselves: EXIF, IPTC-IIM and XMP, read on upload and written for the
press. Names and limits follow the IPTC Photo Metadata Standard."""
