// A table that becomes a list of cards on a phone. The roles are said again, because a table that is shown as blocks
// would lose them.

import type { ComponentChildren, JSX } from "preact";

/** A column: its heading, and what stands in it. */
export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ComponentChildren;
  readonly kind?: "number" | "action" | "main";
}

/** Rows under headings. */
export function Table<Row>(props: {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string | number;
  readonly marked?: (row: Row) => boolean;
}): JSX.Element {
  return (
    <table role="table">
      <caption class="hidden">{props.caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {props.columns.map((column) => (
            <th key={column.title} role="columnheader" scope="col" data-kind={column.kind}>
              <span class={column.kind === "action" ? "hidden" : ""}>{column.title}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {props.rows.map((row) => (
          <tr key={props.rowKey(row)} role="row" class={props.marked?.(row) === true ? "marked" : ""}>
            {props.columns.map((column) => (
              <td key={column.title} role="cell" data-title={column.title} data-kind={column.kind}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
