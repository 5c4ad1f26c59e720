import { useTranslation } from 'react-i18next';
import { known } from '../../../lib/known';
import { actions, attentions, comparisons, invariants, services, templates } from '../words';

/** Returns the words for ids of the server; an id that has none is shown as it is. */
export function useWords() {
  const { t } = useTranslation('operations');
  return {
    service(id: string): string {
      const name = known(services, id);
      return name ? t(`services.${name}`) : id;
    },
    attention(id: string): string {
      const name = known(attentions, id);
      return name ? t(`attention.${name}`) : id;
    },
    invariant(id: string): string {
      const name = known(invariants, id);
      return name ? t(`invariants.${name}`) : id;
    },
    comparison(id: string): string {
      const name = known(comparisons, id);
      return name ? t(`comparisons.${name}`) : id;
    },
    template(id: string): string {
      const name = known(templates, id);
      return name ? t(`letters.templates.${name}`) : id;
    },
    action(id: string): string {
      const name = known(actions, id);
      return name ? t(`audit.actions.${name}`) : id;
    },
  };
}
