"""What must hold before the product starts, told as system checks."""
