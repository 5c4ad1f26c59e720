import '@mantine/core/styles/Combobox.css';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { generatePath, useNavigate } from 'react-router';
import { useChange } from '../../../api/change';
import { useSettings } from '../../../api/session';
import { addresses } from '../../../app/addresses';
import type { Language } from '../../../lib/money';
import { useStoreUser, USER_TOUCHES } from '../../../shared/user/queries';
import { Confirm } from '../../../ui/confirm';
import { NativeSelect, PasswordInput, TextInput } from '../../../ui/fields';
import { sayDone } from '../../../ui/toasts';
import { useFaults } from '../../../ui/use-faults';
import { useLanguage } from '../../../ui/use-language';

const EMPTY = { nickname: '', email: '', bankAccount: '', fullName: '', beakShape: '' };
const TAKEN = { 'nickname-taken': 'nickname', 'email-taken': 'email' };

/** Registers a person. The id is made when the dialog opens: a repeat registers nobody twice. */
export function NewPerson({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('people');
  const navigate = useNavigate();
  const storeUser = useStoreUser();
  const [id] = useState(() => crypto.randomUUID());
  const [fields, setFields] = useState(EMPTY);
  const [locale, setLocale] = useState(useLanguage());
  const { send, isBusy, problem } = useChange('post', '/api/v1/users', {
    touches: USER_TOUCHES,
    onDone(user) {
      storeUser(user);
      sayDone(t('newPerson.done', { nickname: fields.nickname }));
      void navigate(generatePath(addresses.user, { id }));
    },
  });
  const faultOf = useFaults(problem, TAKEN);
  const isBeside = problem !== null && Object.hasOwn(TAKEN, problem.type);
  return (
    <Confirm
      title={t('newPerson.title')}
      action={t('newPerson.action')}
      isBusy={isBusy}
      isTouched={Object.values(fields).some((value) => value !== '')}
      problem={isBeside ? null : problem}
      onClose={onClose}
      onConfirm={() => {
        const { fullName, beakShape, ...needed } = fields;
        const more = {
          ...(fullName !== '' && { fullName }),
          ...(beakShape !== '' && { beakShape }),
        };
        send({ body: { id, ...needed, ...more, locale } });
      }}
    >
      <PersonFields
        fields={fields}
        locale={locale}
        faultOf={faultOf}
        onChange={(changed) => setFields((before) => ({ ...before, ...changed }))}
        onLocale={setLocale}
      />
    </Confirm>
  );
}

function PersonFields({
  fields,
  locale,
  faultOf,
  onChange,
  onLocale,
}: {
  fields: typeof EMPTY;
  locale: Language;
  faultOf: (field: string) => string | undefined;
  onChange: (changed: Partial<typeof EMPTY>) => void;
  onLocale: (locale: Language) => void;
}) {
  const { t } = useTranslation('people');
  const languages = useSettings().data?.languages ?? [locale];
  const field = (name: keyof typeof EMPTY) => ({
    name,
    value: fields[name],
    error: faultOf(name),
    onChange: ({ currentTarget: { value } }: React.ChangeEvent<HTMLInputElement>) =>
      onChange({ [name]: value }),
  });
  return (
    <>
      <TextInput
        label={t('fields.nickname')}
        required
        data-autofocus
        autoComplete="off"
        {...field('nickname')}
      />
      <TextInput
        label={t('fields.email')}
        type="email"
        required
        autoComplete="off"
        {...field('email')}
      />
      <TextInput
        label={t('fields.bankAccount')}
        description={t('fields.bankAccountWhy')}
        required
        autoComplete="off"
        {...field('bankAccount')}
      />
      <TextInput label={t('fields.fullName')} autoComplete="off" {...field('fullName')} />
      <NativeSelect
        label={t('fields.language')}
        description={t('fields.languageWhy')}
        value={locale}
        onChange={({ currentTarget: { value } }) =>
          onLocale(languages.find((each) => each === value) ?? locale)
        }
        data={languages.map((each) => ({ value: each, label: t(`languages.${each}`) }))}
      />
      <PasswordInput
        label={t('newPerson.shape')}
        description={t('newPerson.shapeWhy')}
        autoComplete="new-password"
        {...field('beakShape')}
      />
    </>
  );
}
