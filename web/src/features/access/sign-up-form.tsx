import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { generatePath, useNavigate } from 'react-router';
import { useChange } from '../../api/change';
import type { Problem } from '../../api/problems';
import { useSettings } from '../../api/session';
import { addresses } from '../../app/addresses';
import { changeLanguage } from '../../i18n/texts';
import type { Language } from '../../lib/money';
import { BankAccountField } from '../../ui/bank-account-field';
import { NativeSelect, PasswordInput, TextInput } from '../../ui/fields';
import { RequestId } from '../../ui/request-id';
import { useFaults } from '../../ui/use-faults';
import { useLanguage } from '../../ui/use-language';
import { useProblemText } from '../../ui/use-problem-text';
import classes from './access.module.css';
import { keepPending } from './pending';

/** Each language by its own name. */
const OWN_NAMES: Record<Language, string> = { en: 'English', ru: 'Русский' };
/** Refusals that belong beside a field. */
const TAKEN = { 'nickname-taken': 'nickname', 'email-taken': 'email' };
const ID_TAKEN = 'id-taken';

const EMPTY = { nickname: '', email: '', fullName: '', bankAccount: '' };
type Fields = typeof EMPTY;

/** Registration of oneself; its id is made when the form opens: a retry registers nobody twice. */
export function SignUpForm() {
  const { t } = useTranslation('access');
  const navigate = useNavigate();
  const locale = useLanguage();
  const form = useRef<HTMLFormElement>(null);
  const [id, setId] = useState(() => crypto.randomUUID());
  const [fields, setFields] = useState(EMPTY);
  const [shapes, setShapes] = useState({ first: '', second: '' });
  const [isMismatch, setMismatch] = useState(false);
  const signUp = useChange('post', '/api/v1/sign-up', {
    touches: [],
    onDone() {
      keepPending({ id, login: fields.nickname, beakShape: shapes.first });
      const state = { login: fields.nickname };
      void navigate(generatePath(addresses.registration, { id }), { replace: true, state });
    },
    onRefused({ type }) {
      if (type === ID_TAKEN) setId(crypto.randomUUID());
    },
  });
  const { problem } = signUp;
  const faultOf = useFaults(problem, TAKEN);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problem, isMismatch]);
  return (
    <form
      ref={form}
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        setMismatch(shapes.first !== shapes.second);
        if (shapes.first !== shapes.second) return;
        const { fullName, ...needed } = fields;
        const named = fullName.trim() === '' ? {} : { fullName };
        signUp.send({ body: { id, ...needed, ...named, beakShape: shapes.first, locale } });
      }}
    >
      <Who
        fields={fields}
        faultOf={faultOf}
        onChange={(more) => setFields((before) => ({ ...before, ...more }))}
      />
      <Shapes
        shapes={shapes}
        fault={faultOf('beakShape')}
        isMismatch={isMismatch}
        onChange={(changed) => {
          setShapes(changed);
          setMismatch(false);
        }}
      />
      <LanguageField />
      <Trouble problem={problem} isBesideField={Object.keys(TAKEN).includes(problem?.type ?? '')} />
      <Button type="submit" loading={signUp.isBusy}>
        {t('logIn.signUp')}
      </Button>
    </form>
  );
}

function Who({
  fields,
  faultOf,
  onChange,
}: {
  fields: Fields;
  faultOf: (field: string) => string | undefined;
  onChange: (more: Partial<Fields>) => void;
}) {
  const { t } = useTranslation('access');
  return (
    <>
      <TextInput
        label={t('signUp.nickname')}
        description={t('signUp.nicknameHint')}
        name="nickname"
        autoComplete="username"
        autoCapitalize="none"
        required
        autoFocus
        value={fields.nickname}
        error={faultOf('nickname')}
        onChange={({ currentTarget }) => onChange({ nickname: currentTarget.value })}
      />
      <TextInput
        label={t('signUp.email')}
        name="email"
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        required
        value={fields.email}
        error={faultOf('email')}
        onChange={({ currentTarget }) => onChange({ email: currentTarget.value })}
      />
      <BankAccountField
        label={t('signUp.bankAccount')}
        isRequired
        value={fields.bankAccount}
        fault={faultOf('bankAccount')}
        onChange={(bankAccount) => onChange({ bankAccount })}
      />
      <TextInput
        label={t('signUp.fullName')}
        description={t('signUp.fullNameHint')}
        name="name"
        autoComplete="name"
        value={fields.fullName}
        error={faultOf('fullName')}
        onChange={({ currentTarget }) => onChange({ fullName: currentTarget.value })}
      />
    </>
  );
}

type ShapesTyped = Record<'first' | 'second', string>;

/** The beak shape, twice: it cannot be read back. */
function Shapes({
  shapes,
  fault,
  isMismatch,
  onChange,
}: {
  shapes: ShapesTyped;
  fault: string | undefined;
  isMismatch: boolean;
  onChange: (shapes: ShapesTyped) => void;
}) {
  const { t } = useTranslation('access');
  const show = { 'aria-label': t('logIn.show') };
  return (
    <>
      <PasswordInput
        label={t('logIn.beakShape')}
        description={t('signUp.shapeHint')}
        name="beakShape"
        autoComplete="new-password"
        required
        value={shapes.first}
        error={fault}
        aria-invalid={fault !== undefined}
        onChange={({ currentTarget }) => onChange({ ...shapes, first: currentTarget.value })}
        visibilityToggleButtonProps={show}
      />
      <PasswordInput
        label={t('signUp.shapeAgain')}
        name="beakShapeAgain"
        autoComplete="new-password"
        required
        value={shapes.second}
        error={isMismatch ? t('signUp.mismatch') : undefined}
        aria-invalid={isMismatch}
        onChange={({ currentTarget }) => onChange({ ...shapes, second: currentTarget.value })}
        visibilityToggleButtonProps={show}
      />
    </>
  );
}

/** Language of the person, and of the page at once. */
function LanguageField() {
  const { t } = useTranslation('access');
  const language = useLanguage();
  const { languages = [language] } = useSettings().data ?? {};
  return (
    <NativeSelect
      label={t('signUp.language')}
      description={t('signUp.languageHint')}
      name="locale"
      data={languages.map((value) => ({ value, label: OWN_NAMES[value] }))}
      value={language}
      onChange={({ currentTarget }) => void changeLanguage(currentTarget.value as Language)}
    />
  );
}

/** What is wrong beside faults of fields, which the fields say. */
function Trouble({ problem, isBesideField }: { problem: Problem | null; isBesideField: boolean }) {
  const text = useProblemText();
  if (!problem || problem.faults.length > 0 || isBesideField) return null;
  return (
    <div role="alert">
      <p>{text(problem)}</p>
      <RequestId problem={problem} />
    </div>
  );
}
