import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

// About a screen ahead of a reader who scrolls.
const ahead = '800px';

// Loads the code of a chart once it comes near the visible part of the page, or is
// printed. Its class keeps its space until then. Without it, the figures are in the
// table that follows each chart.
export function Near<Module>(props: {
  load: () => Promise<Module>;
  class: string;
  children: (module: Module) => ComponentChildren;
}) {
  const { load } = props;
  const place = useRef<HTMLDivElement>(null);
  const [module, setModule] = useState<Module | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const begin = () => {
      stop();
      load().then(
        (loaded) => setModule(() => loaded),
        () => setFailed(true),
      );
    };
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && begin(), {
      rootMargin: ahead,
    });
    const stop = () => {
      observer.disconnect();
      window.removeEventListener('beforeprint', begin);
    };
    if (place.current) observer.observe(place.current);
    window.addEventListener('beforeprint', begin);
    return stop;
  }, [load]);
  return (
    <div ref={place} class={`near ${props.class} ${module ? '' : 'pending'}`}>
      {module && props.children(module)}
      {failed && <p class="quiet">The chart could not be loaded. The table has its figures.</p>}
    </div>
  );
}
