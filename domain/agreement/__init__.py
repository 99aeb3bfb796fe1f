"""連携協約（法第252条の2）: The agreement by which bodies say how they work together."""
