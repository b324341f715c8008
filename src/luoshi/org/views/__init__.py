"""Pages of 单位, 人员, 账号 and 记录, one module for each."""
