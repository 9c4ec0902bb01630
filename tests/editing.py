"""Pages of the back office that somebody has open while others go on working."""

from django.urls import reverse

from tests.forms import form_values, tick_values


def url_of(instance, action="change"):
    meta = instance._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{action}", args=[instance.pk])


class Editing:
    """One person's open form."""

    def __init__(self, client, instance, query=""):
        self.client, self.url = client, url_of(instance) + query
        self.page = self.opened = client.get(self.url)
        self.data = form_values(self.page)

    def post(self, button="_save", **typed):
        self.data |= typed
        self.page = self.client.post(self.url, {**self.data, button: "1"})
        return self.page

    def again(self, button="_save", **typed):
        """Send what the page that came back holds."""
        self.opened = self.page
        self.data = form_values(self.page)
        return self.post(button, **typed) if self.data else self.page

    def delete_row(self, prefix, number, **typed):
        """Tick its deletion and save."""
        name = f"{prefix}-{number}-DELETE"
        return self.post(**{name: tick_values(self.opened)[name]}, **typed)

    def add_row(self, prefix, **values):
        number = int(self.data[f"{prefix}-TOTAL_FORMS"][0])
        self.data[f"{prefix}-TOTAL_FORMS"] = [str(number + 1)]
        self.data |= {f"{prefix}-{number}-{name}": value for name, value in values.items()}


class Deleting:
    """One person's open page that asks whether to delete one object."""

    def __init__(self, client, instance):
        self.client, self.url = client, url_of(instance, "delete")
        self.page = client.get(self.url)

    def confirm(self):
        self.page = self.client.post(self.url, form_values(self.page))
        return self.page


class DeletingSelected(Deleting):
    """The same for several, selected in their list."""

    def __init__(self, client, *instances):
        meta = instances[0]._meta
        self.client = client
        self.url = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
        selected = {"_selected_action": [each.pk for each in instances]}
        self.page = client.post(self.url, {"action": "delete_selected", **selected})
