"""What a shop knows: pure values and rules, the same on the till and at the backend.

Nothing here reads a file, a clock or a socket, knows Qt, or logs. Every value is frozen and total: wrong money,
a negative quantity or a line without an item cannot be built, so no caller has to check again. Whoever needs the
time or a new id hands it in.

The rooms, from the smallest value to the whole sale::

    money       Currency, Money (minor units), UnitPrice (4 more digits), Quantity (thousandths), exact splitting
    points      Points in a programme's smallest unit
    item        Item, Tax: what is sold
    goods       which goods a rule means, by sku, category, tag or product
    scale_code  weight or price in the barcodes that a scale prints
    barcode     the check digit of EAN, UPC and GTIN
    tax_number  the buyer's tax number, such as GSTIN or NPWP
    free_text   what free text must never hold
    shop        ShopProfile: the shop as receipts and screens show it
    people      staff with roles and rights, salespeople, the customer's LoyaltyAccount, masked numbers
    bill        Bill and BillLine: the sale in hand, immutable, with claims, codes and what was declined
    rule        one promotion as a shop sets it up: when, what, how often, beside which others
    reward      what a rule gives, one value per kind
    programme   points accounts and rules under one version
    offer       what a customer may have now, what they may not yet, and why
    stored_value  gift cards and store credit
    pricing     price(bill, rule book, circumstances) -> PricedBill, the one engine of till, server and sandbox
    redemption  the life of a redemption on both sides as tables, and the messages that move it
    tender      payments, change, what is left to pay
    receipt     the saved, paid bill
    shift       float, cash in and out, what a shift came to, and the count at its end
    refund      what goes back, in money and points, in parts that add up
    applied     what became of promotions: records, filters, sums; what the manager reviews
    approval    a word asked for from afar, and up to what a role may give it
    oversight   cases that look odd, figures that do not add up, and the one repair of each
    report      columns and rows of plain values

Figures are integers or fractions; binary floating point appears nowhere. A split always goes by largest remainder
with ties to the earlier share (promotions.md, "How it behaves"), so the same line gets the same discount on every
device.
"""
