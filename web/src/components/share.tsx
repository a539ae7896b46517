import { useState } from 'preact/hooks';
import { copyText } from './copy-text';

// Whether the device has a menu for sharing, as phones do.
const hasMenu = (): boolean => 'share' in navigator && window.matchMedia('(pointer: coarse)').matches;

// Copies the page's address, which has all choices, or opens the device's menu.
// Without a clipboard, it shows the address, selected.
export function Share() {
  const [status, setStatus] = useState('');
  const [shown, setShown] = useState('');
  const share = async () => {
    const { origin, pathname, search } = window.location;
    const url = `${origin}${pathname}${search}`;
    setStatus('');
    setShown('');
    if (hasMenu()) {
      // The menu may be closed without a choice.
      await navigator.share({ title: document.title, url }).catch(() => undefined);
    } else if (await copyText(url)) {
      setStatus('Link copied.');
    } else {
      setShown(url);
      setStatus('Copying is not allowed here: copy the selected address.');
    }
  };
  return (
    <div class="share">
      <button type="button" onClick={() => void share()}>
        {hasMenu() ? 'Share' : 'Copy link'}
      </button>
      {shown && (
        <input
          readOnly
          value={shown}
          aria-label="Address of this page"
          ref={(input) => {
            input?.focus();
            input?.select();
          }}
        />
      )}
      <span role="status">{status}</span>
    </div>
  );
}
