"""
Makes the files beside it: one small table as pandas, pyarrow and openpyxl write it.

    python3 -m venv venv && venv/bin/pip install pyarrow==25.0.1 pandas==3.0.6 openpyxl==3.1.5
    venv/bin/python make-files.py
"""
import datetime as dt
from decimal import Decimal

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq
from openpyxl.styles import numbers

table = pa.table(
    {
        "id": pa.array([12345678901234567, 2, None, 4], pa.int64()),
        "count": pa.array([1, -2, 3, None], pa.int32()),
        "small": pa.array([1, 255, None, 0], pa.uint8()),
        "price": pa.array([1.5, None, float("nan"), -0.25], pa.float64()),
        "half": pa.array([0.5, 1.25, None, 3.0], pa.float32()),
        "amount": pa.array([Decimal("12.50"), Decimal("-0.05"), None, Decimal("1234567890123456.78")], pa.decimal128(20, 2)),
        "good": pa.array([True, False, None, True]),
        "day": pa.array([dt.date(2024, 1, 5), None, dt.date(1969, 12, 31), dt.date(2024, 2, 29)]),
        "when": pa.array([dt.datetime(2024, 1, 5, 14, 5), None, dt.datetime(1969, 12, 31), dt.datetime(2024, 2, 29, 23, 59, 59, 250000)], pa.timestamp("us")),
        "zoned": pa.array([dt.datetime(2024, 1, 5, 14, 5), None, dt.datetime(2024, 1, 6), dt.datetime(2024, 1, 7)], pa.timestamp("ns", "Asia/Seoul")),
        "time": pa.array([dt.time(14, 5), None, dt.time(0, 0, 1), dt.time(23, 59, 59)], pa.time64("us")),
        "name": pa.array(["김나", None, "=1+1", "a, b"]),
        "kind": pa.array(["red", "blue", None, "red"]).dictionary_encode(),
        "list": pa.array([[1, 2], [], None, [3]]),
        "at": pa.array([{"x": 1}, {"x": 2}, None, {"x": 3}]),
        "bytes": pa.array([b"\x00\xff", None, b"", b"1"]),
        "nothing": pa.nulls(4),
    }
)

for name, compression in [("plain", "none"), ("snappy", "snappy"), ("gzip", "gzip"), ("zstd", "zstd"), ("lz4", "lz4"), ("brotli", "brotli")]:
    pq.write_table(table, f"{name}.parquet", compression=compression, store_schema=False)
pq.write_table(table, "pages-v2.parquet", data_page_version="2.0", row_group_size=2, compression="snappy")
pq.write_table(
    table.select(["id", "count", "name", "price"]),
    "delta.parquet",
    use_dictionary=False,
    column_encoding={"id": "DELTA_BINARY_PACKED", "count": "DELTA_BINARY_PACKED", "name": "DELTA_BYTE_ARRAY", "price": "BYTE_STREAM_SPLIT"},
)
table.select(["id", "count", "price", "name"]).to_pandas().to_parquet("pandas.parquet")

with pa.ipc.new_file("file.arrow", table.schema) as writer:
    for batch in table.to_batches(max_chunksize=2):
        writer.write_batch(batch)
with pa.ipc.new_stream("stream.arrows", table.schema) as writer:
    writer.write_table(table)
feather.write_feather(table, "lz4.feather", compression="lz4")
feather.write_feather(table, "zstd.feather", compression="zstd")
views = pa.table({"x": [1, 2, 3], "text": pa.array(["short", "longer than twelve bytes", None], pa.string_view()), "large": pa.array(["a", None, "c"], pa.large_string())})
with pa.ipc.new_file("views.arrow", views.schema) as writer:
    writer.write_table(views)
# Blocks of 64 kB are linked in LZ4's frames, and longer ones.
long = pa.table({"x": list(range(12_000)), "word": [f"word {n % 977}" for n in range(12_000)]})
feather.write_feather(long, "long-lz4.feather", compression="lz4")
pq.write_table(long, "long.parquet", row_group_size=5_000, data_page_size=4096)

book = openpyxl.Workbook()
sheet = book.active
sheet.title = "Sales"
for row in [
    ["Sales of 2024", None, None, None, None, None, None],
    [],
    ["day", "when", "amount", "good", "name", "code", "time"],
    [dt.date(2024, 1, 5), dt.datetime(2024, 1, 5, 14, 5), 1.5, True, "김나", "007", dt.time(14, 5)],
    [dt.date(2024, 2, 29), dt.datetime(2024, 2, 29, 23, 59, 59), -2, False, "=1+1", "012", dt.time(0, 0, 1)],
    [],
    [dt.date(2024, 3, 1), None, None, None, "a, b", None, None],
    [dt.date(2024, 3, 2), dt.datetime(2024, 3, 2), "#N/A", True, "line\nend", "100", None],
]:
    sheet.append(row)
sheet["E5"].data_type = "s"
sheet["C8"].data_type = "e"
for row in (4, 5, 7, 8):
    sheet[f"C{row}"].number_format = numbers.FORMAT_CURRENCY_USD_SIMPLE
sheet.merge_cells("A1:C1")
other = book.create_sheet("Prices & more")
for row in [["x", "y"], [1, 2], [3, "=A2*2"], [5, 6]]:
    other.append(row)
hidden = book.create_sheet("Notes", 0)
hidden["A1"] = "not a table"
hidden.sheet_state = "hidden"
book.active = 1
book.save("openpyxl.xlsx")

pd.DataFrame({"x": [1, 2, 3], "y": ["a", None, "c"], "day": pd.to_datetime(["2024-01-05 00:00", None, "2024-01-07 06:00"])}).to_excel("pandas.xlsx", index=False)

book = openpyxl.Workbook()
book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
book.active.append(["day", "x"])
for n in range(3):
    book.active.append([dt.date(2024, 1, 5 + n), n])
book.save("from-1904.xlsx")
