import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Group.css';
import '@mantine/core/styles/Menu.css';
import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Modal.css';
import '@mantine/core/styles/Notification.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/Paper.css';
import '@mantine/core/styles/Popover.css';
import '@mantine/core/styles/ScrollArea.css';
import '@mantine/notifications/styles.css';
import { Button, Menu, Modal } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { Fragment, useEffect, useRef, useState } from 'react';
import type { DialogProps } from './dialog';
import classes from './floating.module.css';
import type { MenuItem, MenuProps } from './menu';
import menu from './menu.module.css';
import type { Failure } from './toasts';
import { RequestId } from './request-id';
import { useRowTabIndex } from './row-focus';
import { problemText } from './use-problem-text';

/** Parts that float above the page: one chunk, fetched when the browser is idle. */

const SHOWN = 3;
const DONE_MS = 5_000;

/** Modal dialog; focus returns to its opener. */
export function FloatingDialog({
  title,
  onClose,
  isTouched = false,
  isSheet = false,
  children,
}: DialogProps) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      centered={!isSheet}
      {...(isSheet && { classNames: { inner: classes['sheet'] } })}
      closeOnClickOutside={!isTouched}
      closeOnEscape={!isTouched}
      closeButtonProps={closeButton()}
      // The head of a dialog is no second banner of the page.
      attributes={{ header: { role: 'presentation' } }}
    >
      {children}
    </Modal>
  );
}

/** Button that opens a list of actions; open at first, because its button was pressed. */
export function FloatingMenu({ label, ariaLabel, groups }: MenuProps) {
  const target = useRef<HTMLButtonElement>(null);
  const tabIndex = useRowTabIndex();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    // The focus was on the button that this one replaces, and returns here.
    target.current?.focus();
    setOpen(true);
  }, []);
  return (
    <Menu position="bottom-end" withinPortal opened={isOpen} onChange={setOpen}>
      <Menu.Target>
        <button
          ref={target}
          type="button"
          className={menu['button']}
          aria-label={ariaLabel}
          tabIndex={tabIndex}
        >
          {label}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {groups.map((group, place) => (
          <Fragment key={group.label ?? place}>
            {place > 0 && <Menu.Divider />}
            {group.label && <Menu.Label>{group.label}</Menu.Label>}
            {group.items.map((item) => (
              <Item key={item.key} item={item} />
            ))}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Item({ item: { label, isChecked, onChoose, lang } }: { item: MenuItem }) {
  const choice =
    isChecked === undefined
      ? {}
      : { role: 'menuitemradio', 'aria-checked': isChecked, leftSection: isChecked ? '✓' : ' ' };
  return (
    <Menu.Item {...choice} lang={lang} onClick={onChoose}>
      {label}
    </Menu.Item>
  );
}

/** Place of the toasts. */
export function Toaster() {
  return <Notifications position="bottom-right" limit={SHOWN} />;
}

/** The library's button to close has no name of its own. */
const closeButton = () => ({ 'aria-label': i18next.t('actions.close') });

/** Shows a success for five seconds. */
export function showDone(text: string): void {
  notifications.show({
    message: text,
    color: 'teal',
    autoClose: DONE_MS,
    role: 'status',
    closeButtonProps: closeButton(),
  });
}

/** Shows a failure until it is closed: what was tried, why, and another try. */
export function showFailure({ what, problem, onRetry }: Failure): void {
  const id = crypto.randomUUID();
  const retry = (): void => {
    notifications.hide(id);
    onRetry?.();
  };
  notifications.show({
    id,
    role: 'alert',
    color: 'red',
    autoClose: false,
    closeButtonProps: closeButton(),
    title: what,
    message: (
      <>
        <p>{problemText(problem)}</p>
        <RequestId problem={problem} />
        {onRetry && (
          <Button size="compact-sm" variant="default" onClick={retry}>
            {i18next.t('actions.tryAgain')}
          </Button>
        )}
      </>
    ),
  });
}
