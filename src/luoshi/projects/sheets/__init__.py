"""The list of projects, a book of one fortnight and a board as workbooks: typed cells, widths, a head that stays."""
