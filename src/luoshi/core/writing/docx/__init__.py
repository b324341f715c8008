"""Papers as .docx: WordprocessingML written by hand, so that every twip is ours and the same paper gives the same bytes."""
