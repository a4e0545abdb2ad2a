/** What a scanner said of a file: nobody was asked, it is asked, it said so, or it never answered. */
export type Verdict = 'unscanned' | 'waiting' | 'clean' | 'infected' | 'failed';

/** A file as it is shown: pictures have a size in pixels. */
export interface Attachment {
  id: string;
  name: string;
  type: string;
  /** In bytes. */
  size: number;
  width: number | null;
  height: number | null;
  verdict: Verdict;
  /** Its address, without that of the workspace. */
  url: string;
}

/** Whether it is shown where it is attached; everything else is only handed out. */
export const isPicture = ({ width }: Pick<Attachment, 'width'>) => width !== null;

/** Whether it is handed out; every other is only named. */
export const isOpen = ({ verdict }: Pick<Attachment, 'verdict'>) => verdict === 'unscanned' || verdict === 'clean';

/** A text without the pictures among these files that are not handed out. */
export const withoutShut = (html: string, files: Attachment[]) => files.reduce((shown, file) => (isOpen(file) ? shown : shown.replace(new RegExp(`<img [^>]*src="/files/${file.id}/[^>]*>`, 'g'), '')), html);

/** A row with its address. */
export const told = <Row extends { id: string; name: string }>(row: Row) => ({ ...row, url: `/files/${row.id}/${encodeURIComponent(row.name)}` });
