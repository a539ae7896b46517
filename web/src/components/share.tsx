import { useEffect, useState } from 'preact/hooks';
import { copyText } from './copy-text';

const copiedTime = 3000;

// Whether the device has a menu for sharing, as phones do.
const hasMenu = (): boolean => 'share' in navigator && window.matchMedia('(pointer: coarse)').matches;

// Copies the page's address, which has all choices, or opens the device's menu.
// Without a clipboard, it shows the address, selected.
export function Share() {
  const [status, setStatus] = useState('');
  const [shown, setShown] = useState('');
  const copied = status !== '' && !shown;
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setStatus(''), copiedTime);
    return () => clearTimeout(timer);
  }, [copied]);
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
        {hasMenu() ? 'Share' : copied ? 'Copied' : 'Copy link'}
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
      {/* Seen, it would move the page. The button says it, too. */}
      <span role="status" class={shown ? '' : 'unseen'}>
        {status}
      </span>
    </div>
  );
}
