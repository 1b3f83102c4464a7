"""The basket of legs (组合): several contracts priced together and sent as orders one by one."""
