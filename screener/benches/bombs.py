"""Workbooks that are small and unpack to much."""

from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

HEADER: Final = "".join(
    f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in ("chain", "address", "date", "close_usd")
)


def workbook(rows: str, *, after: str = "", strings: str = "") -> bytes:
    """An XLSX file of one sheet, from the XML of its rows."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packages = "http://schemas.openxmlformats.org/package/2006"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{packages}/content-types">'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kinds}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{packages}/relationships">'
        f'<Relationship Id="a" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="prices" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packages}/relationships">'
        f'<Relationship Id="a" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="b" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData><row r="1">{HEADER}</row>{rows}'
        f"</sheetData>{after}</worksheet>",
    }
    body = BytesIO()
    with ZipFile(body, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return body.getvalue()


def many_cells() -> bytes:
    return workbook(f"<row>{'<c/>' * 900}</row>" * 13_000)


def shared_strings() -> bytes:
    return workbook("<row><c/></row>", strings="<si/>" * 9_000_000)


def far_rows() -> bytes:
    return workbook('<row r="1048575"><c/></row>')


def merged_cells() -> bytes:
    merges = "".join(f'<mergeCell ref="A{row}:A1048576"/>' for row in range(2, 20_002))
    row = '<row r="{n}"><c t="inlineStr"><is><t>x</t></is></c></row>'
    rows = "".join(row.replace("{n}", str(n)) for n in range(2, 40_002))
    return workbook(rows, after=f"<mergeCells>{merges}</mergeCells>")
