/** The group of the workbench's navigation, where it lies over the page: Escape closes it, and going on beside it. */
const group = document.querySelector<HTMLDetailsElement>('.rh-nav__group')
if (group) {
  const isOver = (): boolean => {
    const entries = group.querySelector('ul')
    return group.open && entries !== null && getComputedStyle(entries).position === 'absolute'
  }
  const leave = (event: Event): void => {
    if (isOver() && !group.contains(event.target as Node)) group.open = false
  }
  document.addEventListener('click', leave)
  document.addEventListener('focusin', leave)
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || !isOver() || document.querySelector('dialog[open]')) return
    // Whoever stands on an entry would stand nowhere.
    if (group.contains(document.activeElement)) group.querySelector('summary')?.focus()
    group.open = false
  })
}
