// A work activity of one role, with the role's responsibilities that belong to it.
export interface Activity {
  activity: string;
  responsibilities: string[];
}

// A work activity, its responsibilities, and other activities that these belong to.
export interface ActivityGroup extends Activity {
  also: string[];
}

// Groups the activities of one role so that each responsibility is shown once, with
// the first activity that it belongs to. An activity with no other responsibilities
// joins the group of its first one. Groups of what is already shown come last.
export function grouped(activities: Activity[], alreadyShown: string[]): ActivityGroup[] {
  const groups: ActivityGroup[] = [];
  const groupOf = new Map<string, ActivityGroup>();
  for (const { activity, responsibilities } of activities) {
    const added = responsibilities.filter((text) => !groupOf.has(text));
    const joined = groupOf.get(responsibilities[0] ?? '');
    if (added.length === 0 && joined) {
      joined.also.push(activity);
      continue;
    }
    const group = { activity, responsibilities: added, also: [] };
    groups.push(group);
    for (const text of added) groupOf.set(text, group);
  }
  const repeats = (group: ActivityGroup) => group.responsibilities.every((text) => alreadyShown.includes(text));
  return [...groups.filter((group) => !repeats(group)), ...groups.filter(repeats)];
}
