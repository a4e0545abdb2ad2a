import { displaceField } from '../../worker/forms/displace.ts';
import { fillTicket } from '../../worker/forms/fill.ts';
import { keepField } from '../../worker/forms/keep-field.ts';
import { keepForm } from '../../worker/forms/keep.ts';
import { placeField } from '../../worker/forms/place.ts';
import type { Portal } from '../../worker/platform/portal.ts';

export { displaceField, fillTicket, keepField, keepForm, placeField };

/**
 * A form for everybody: `product` (cloud or local) has to be said, `region` waits for the cloud, `order` has a shape, and `cause`, which only staff see,
 * has to be said before it is solved.
 */
export async function formed(ada: Portal, more: { isDefault?: boolean } = {}) {
  const { id: form } = await ada.run(keepForm, { nameEn: 'Something broke', nameEl: 'Κάτι χάλασε', isActive: true, isDefault: true, ...more });
  const made = async (key: string, field: Record<string, unknown>, place: Record<string, unknown>) => {
    const { id } = await ada.run(keepField, { key, labelEn: key, ...field });
    await ada.run(placeField, { form, field: id, isVisible: true, isEditable: true, ...place });
    return id;
  };
  const product = await made('product', { kind: 'choice', labelEn: 'Product', labelEl: 'Προϊόν', choices: 'cloud | Cloud | Νέφος\nlocal | On your machines' }, { position: 1, toSubmit: true });
  const region = await made('region', { kind: 'text' }, { position: 2, toSubmit: true, when: `${product}:cloud` });
  const order = await made('order', { kind: 'pattern', pattern: 'ORD-####' }, { position: 3 });
  const cause = await made('cause', { kind: 'choice', labelEn: 'Cause', labelEl: 'Αιτία', choices: 'bug\nquestion' }, { position: 4, isVisible: false, isEditable: false, toSolve: true });
  return { form, product, region, order, cause };
}
