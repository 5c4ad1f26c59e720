import { useTranslation } from 'react-i18next';
import { sayDone } from '../../../ui/toasts';
import { TOUCHED, type PaymentFile } from '../queries';

/** A dialog that records what the bank did with a file. */
export interface AnswerProps {
  file: PaymentFile;
  name: string;
  onClose: () => void;
}

/** What follows the recorded answer of the bank. */
export function useRecorded({ name, onClose }: AnswerProps) {
  const { t } = useTranslation('files');
  return {
    touches: TOUCHED,
    onDone() {
      sayDone(t('done', { name }));
      onClose();
    },
  };
}
