import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountState } from '../lib/bank-account';
import { groupedAccount, placeAfterGrouping } from '../lib/grouped-account';
import classes from './bank-account-field.module.css';
import { TextInput } from './fields';

/** Room for the longest IBAN with spaces between all characters; the API's own limit. */
const MAX_LENGTH = 70;

type Check = (text: string) => AccountState;

/** The rules of all countries are much: they come with the field, not with the page. */
function useCheck(): Check | null {
  const [check, setCheck] = useState<Check | null>(null);
  useEffect(() => {
    void import('../lib/bank-account').then(({ accountState }) => setCheck(() => accountState));
  }, []);
  return check;
}

/** Bank account number: grouped while it is typed, its checksum told at once. */
export function BankAccountField({
  label,
  value,
  fault,
  isRequired = false,
  onChange,
}: {
  label: string;
  /** Grouped text; spaces are accepted by the API. */
  value: string;
  /** What the server said. */
  fault?: string | undefined;
  isRequired?: boolean;
  onChange: (value: string) => void;
}) {
  const { t } = useTranslation();
  const check = useCheck();
  const field = useRef<HTMLInputElement>(null);
  const place = useRef<number | null>(null);
  const [isLeft, setLeft] = useState(false);
  useLayoutEffect(() => {
    if (place.current === null) return;
    field.current?.setSelectionRange(place.current, place.current);
    place.current = null;
  }, [value]);

  const state = value !== '' && check ? check(value) : null;
  const isSilent = state === null || state === 'right' || (state === 'incomplete' && !isLeft);
  return (
    <TextInput
      ref={field}
      label={label}
      name="bankAccount"
      description={state === 'right' ? <Right /> : t('bankAccount.hint')}
      autoComplete="off"
      autoCapitalize="characters"
      spellCheck={false}
      maxLength={MAX_LENGTH}
      required={isRequired}
      value={value}
      error={isSilent ? fault : t(`bankAccount.${state}`)}
      onBlur={() => setLeft(true)}
      onFocus={() => setLeft(false)}
      onChange={({ currentTarget: { value: text, selectionStart } }) => {
        const grouped = groupedAccount(text);
        place.current = placeAfterGrouping(text, selectionStart ?? text.length, grouped);
        onChange(grouped);
      }}
    />
  );
}

function Right() {
  const { t } = useTranslation();
  return <span className={classes['right']}>✓ {t('bankAccount.right')}</span>;
}
