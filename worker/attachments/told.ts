/** A file as it is shown: pictures have a size in pixels. */
export interface Attachment {
  id: string;
  name: string;
  type: string;
  /** In bytes. */
  size: number;
  width: number | null;
  height: number | null;
  /** Its address, without that of the workspace. */
  url: string;
}

/** Whether it is shown where it is attached; everything else is only handed out. */
export const isPicture = ({ width }: Pick<Attachment, 'width'>) => width !== null;

/** A row with its address. */
export const told = <Row extends { id: string; name: string }>(row: Row) => ({ ...row, url: `/files/${row.id}/${encodeURIComponent(row.name)}` });
