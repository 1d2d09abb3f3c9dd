import pytest
from django.contrib.auth import password_validation
from django.contrib.auth.hashers import PBKDF2PasswordHasher, identify_hasher
from django.core.exceptions import ValidationError

from screener.services.accounts.passwords import SHORTEST_PASSWORD, ModestArgon2Hasher

OURS = [
    "screener.services.accounts.passwords.ModestArgon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]


@pytest.mark.parametrize(
    "password",
    [
        *(
            "correct horse battery",
            "pässwörter sind lang",
            "730418826195",
            "mnbvcxzlkjhg",
            "🦆🐢🦊🐝🦉🐙🦔🐳🦩🐌🦚🐿",
        ),
        *("twelve chars", "twelve  chars", "twelve \u3000chars", "x y " * 32),
    ],
)
def test_any_signs_will_do(password):
    password_validation.validate_password(password)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("elevenchars", "password_too_short"),
        *(
            (each, "password_too_short")
            for each in ("a" + " " * 10 + "b", "eleven  char", "eleven \t\u3000char")
        ),
        *((each, "password_too_short") for each in (" " * 12 + "eleven char"[:10], "a  b  c  d  e")),
        ("x y " * 32 + "z", "password_too_long"),
        ("manchesterunited", "password_too_common"),
        ("1q2w3e4r5t6y", "password_too_common"),
        *((each, "password_too_common") for each in ("password2024!", "Password1234", "2024!!password")),
        *((each, "password_too_common") for each in ("qwertyqwerty", "aaaaaaaaaaaa", "p4$$w0rd!!!!!")),
        *(
            (each, "password_too_common")
            for each in ("123456789012", "abcdefghijklm", "999999999999", "............")
        ),
    ],
)
def test_what_is_refused(password, code):
    with pytest.raises(ValidationError) as refused:
        password_validation.validate_password(password)
    assert code in [each.code for each in refused.value.error_list]


def test_both_who_look_at_the_length_look_for_the_same(settings):
    (least,) = (
        each["OPTIONS"]["min_length"] for each in settings.AUTH_PASSWORD_VALIDATORS if "OPTIONS" in each
    )
    assert least == SHORTEST_PASSWORD


@pytest.mark.parametrize("password", ["elevenchars", "a" + " " * 10 + "b"])
def test_a_password_is_too_short_once(password):
    with pytest.raises(ValidationError) as refused:
        password_validation.validate_password(password)
    assert [each.code for each in refused.value.error_list].count("password_too_short") == 1


def test_the_whole_password_counts():
    hasher = ModestArgon2Hasher()
    encoded = hasher.encode("x" * 127 + "y", "saltsaltsalt")
    assert hasher.verify("x" * 127 + "y", encoded)
    assert not hasher.verify("x" * 127 + "z", encoded)
    assert not hasher.verify("x" * 127, encoded)
    assert "$argon2id$v=19$m=19456,t=2,p=1$" in encoded


@pytest.mark.django_db
def test_an_old_hash_is_replaced_at_the_next_log_in(client, django_user_model, settings):
    settings.PASSWORD_HASHERS = OURS
    user = django_user_model.objects.create(username="ana")
    user.password = PBKDF2PasswordHasher().encode("correct horse battery", "salt" * 4, iterations=1_000)
    user.save()
    page = client.post("/accounts/login/", {"login": "ana", "password": "correct horse battery"})
    assert page.status_code == 302
    user.refresh_from_db()
    assert isinstance(identify_hasher(user.password), ModestArgon2Hasher)
