// What has just happened (errors of a form, a message after a redirect) is where reading goes on.
const message = document.querySelector<HTMLElement>('[data-focus]')
if (message && location.hash === '') message.focus({ preventScroll: false })
