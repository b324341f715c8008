"""督办: orders from 立项 to 回头看, their clocks, replies, verification, extensions, conclusions and reviews."""
