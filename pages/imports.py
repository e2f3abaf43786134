"""数据导入."""

from pages.parts import frame

frame.head("数据导入", "把台账读进来。")
