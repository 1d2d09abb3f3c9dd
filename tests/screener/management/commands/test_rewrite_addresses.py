from django.core.management import call_command

from assets.models import Asset, AssetIdentifier


def test_it_says_what_it_did(db, capsys):
    for slug, value in (("alpha", f"0x{2:064x}"), ("beta", "0x2")):
        asset = Asset.objects.create(kind="token", slug=slug)
        AssetIdentifier.objects.create(asset=asset, namespace="address:aptos", value=value)
    call_command("rewrite_addresses")
    assert capsys.readouterr().out == "1 contracts and 0 chains written anew, 1 assets merged.\n"
    call_command("rewrite_addresses")
    assert "0 assets merged" in capsys.readouterr().out


def test_who_stays_apart_is_named(db, capsys):
    for slug, value in (("alpha", f"0x{2:064x}"), ("beta", "0x2")):
        asset = Asset.objects.create(kind="token", slug=slug)
        AssetIdentifier.objects.create(asset=asset, namespace="address:aptos", value=value)
        AssetIdentifier.objects.create(asset=asset, namespace="coingecko", value=slug)
    call_command("rewrite_addresses")
    assert "contradict each other" in capsys.readouterr().err
