"""What an empty database says: what to do first, and the demo ledgers one click away."""

from pathlib import Path

import streamlit as st

from pages.parts import pieces
from review.checks.engine import run_checks
from review.store.database import Database
from review.workbook.load import load_file

DEMO = Path(__file__).resolve().parents[2] / "data" / "demo"


def draw(db: Database) -> None:
    """Two ways to begin."""
    own, demo = st.columns(2, border=True)
    with own:
        pieces.section("用自己的台账开始")
        pieces.facts([("第一步", "在“数据导入”里放入各县区报来的问责台账（.xlsx、.xls、.csv，可一次多个）"),
                      ("第二步", "核对列的对应关系，回答两个问题，点“导入”"),
                      ("第三步", "在“问题清单”里逐条核实，在“抽样”里抽取不少于 20% 的案件")], label_width="5em")  # fmt: skip
        if st.button("导入台账", type="primary", icon=":material/upload_file:"):
            st.switch_page("pages/imports.py")
    with demo:
        pieces.section("先用演示台账看一看")
        files = sorted(DEMO.glob("*.xlsx"))
        pieces.quiet(
            f"共 {len(files)} 个虚构的台账，人名地名均为编造，故意埋入了各类问题。"
            "演示数据请不要与正式台账混用，换用另一个数据库的方法见“帮助”。"
        )
        if st.button("载入演示台账", icon=":material/play_arrow:", disabled=not files):
            with st.status("正在载入演示台账……") as progress:
                for file in files:
                    progress.update(label=f"正在读入 {file.name}")
                    load_file(db, file, actor="演示")
                progress.update(label="正在运行检查")
                run_checks(db, actor="演示")
            st.rerun()
