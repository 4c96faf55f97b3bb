import { defineModule } from '#platform/module.ts'

export default defineModule({
  name: 'payments',
  uses: ['accounts', 'notifications'],
  permissions: {
    'payments.read': { de: 'Zahlungen ansehen', en: 'See payments' },
    'payments.book': { de: 'Zahlungen buchen und klären', en: 'Book and clear payments' },
  },
})
