"""Tukar: a till in which a cashier sells and a customer's loyalty points become promotions or free items."""

__version__ = "0.1.0"
