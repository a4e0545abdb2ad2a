import { escaped } from '../../worker/platform/html.ts';

/** What a field lets choose from: the value, and what people read. */
export type Options = readonly (readonly [value: string, label: string])[];

/** The options of a field as HTML: a list of colleagues has hundreds, and each component costs more than all of these. */
export const optionsHtml = (options: Options, chosen: string | undefined) => options.map(([value, label]) => `<option value="${escaped(value)}"${value === chosen ? ' selected' : ''}>${escaped(label)}</option>`).join('');
