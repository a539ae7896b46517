/** @jsxImportSource react */

import { useEffect } from 'react';

// GraphiQL's tabs are buttons in a list that claims to be a tab list, whose tabs must
// not contain buttons, and have no keys of one. Say that it is a list, and which button
// is current.
export function PlainTabs(): null {
  useEffect(() => {
    const correct = () => {
      for (const list of document.querySelectorAll('.graphiql-tabs')) list.removeAttribute('role');
      for (const tab of document.querySelectorAll('.graphiql-tab')) {
        tab.removeAttribute('role');
        tab.removeAttribute('aria-selected');
        const current = String(tab.classList.contains('graphiql-tab-active'));
        const button = tab.querySelector('.graphiql-tab-button');
        if (button?.getAttribute('aria-current') !== current) button?.setAttribute('aria-current', current);
      }
    };
    correct();
    const observer = new MutationObserver(correct);
    const header = document.querySelector('.graphiql-session-header');
    if (header)
      observer.observe(header, { subtree: true, childList: true, attributeFilter: ['class', 'aria-selected'] });
    return () => observer.disconnect();
  }, []);
  return null;
}
