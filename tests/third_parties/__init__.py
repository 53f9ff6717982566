"""What is about third parties: five hundred labelled entries, and what is separated in them."""
