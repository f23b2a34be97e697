using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>Adds a person, or changes one: details, roles, access.</summary>
public sealed partial class PersonPage
{
    private static readonly KeyValuePair<string, string>[] s_roles = [.. Roles.All.Select(role => KeyValuePair.Create(role, RoleWords.Of(role)))];
    private static readonly KeyValuePair<string, string>[] s_own =
        [.. Roles.ByPerson.Select(permission => KeyValuePair.Create(permission.ToString(), PermissionWords.Of(permission)))];

    private FormState<PersonForm>? _form;
    private PersonRow? _person;
    private IReadOnlyList<TeamRow> _teams = [];
    private string? _oneTime;
    private bool _missing;

    [CascadingParameter]
    public required Myself Me { get; set; }

    /// <summary>The person; null to add one.</summary>
    [Parameter]
    public Guid? Id { get; set; }

    [Inject]
    public required ListPeople ListPeople { get; init; }

    [Inject]
    public required ListTeams ListTeams { get; init; }

    [Inject]
    public required AddPerson AddPerson { get; init; }

    [Inject]
    public required PersonCommands Commands { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required ILogger<PersonPage> Log { get; init; }

    private bool Oneself => Id == Me.Id;

    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        Caller caller = await Current.GetAsync();
        _teams = await ListTeams.RunAsync(caller, CancellationToken.None);
        _person = Id is null ? null : (await ListPeople.RunAsync(caller, CancellationToken.None)).FirstOrDefault(person => person.Id == Id);
        _missing = Id is not null && _person is null;
        _form = _missing ? null : new FormState<PersonForm>(_person is null ? new PersonForm() : PersonForm.Of(_person), Log);
    }

    private async Task SaveAsync()
    {
        FormState<PersonForm> form = _form!;
        if (!await form.SaveAsync(() => Id is { } id ? ChangeAsync(form, id) : AddAsync(form)))
        {
            return;
        }

        Status.Say(SharedText.SavedThing.With(form.Model.Name.Trim()));
        if (_oneTime is null)
        {
            Navigation.NavigateTo("admin/people");
        }
    }

    private async Task AddAsync(FormState<PersonForm> form)
    {
        PersonForm model = form.Model;
        if (form.Problems.AnyBlank(("person-email", model.Email, AdminText.EmailInvalid), ("person-name", model.Name, AdminText.PersonNameNeeded)))
        {
            return;
        }

        AddPersonOutcome outcome = await AddPerson.RunAsync(
            await Current.GetAsync(), new NewPerson(model.Email, model.Name, [.. model.Roles], model.Team, model.Languages), CancellationToken.None);
        if (AdminProblems.Of(outcome.Result) is var (field, message))
        {
            form.Problems.Add(field, message);
            return;
        }

        (Id, _oneTime) = (outcome.PersonId, outcome.OneTimePassword);
        foreach (Permission permission in Roles.ByPerson.Where(model.Gives))
        {
            await Commands.SetPermission.RunAsync(await Current.GetAsync(), outcome.PersonId, permission, granted: true, CancellationToken.None);
        }

        // The password is shown now and never again, so the page stays, as that of the new person.
        form.Keep();
        await ReadAsync();
    }

    private async Task ChangeAsync(FormState<PersonForm> form, Guid id)
    {
        PersonForm model = form.Model;
        Caller caller = await Current.GetAsync();
        Take(form.Problems, await Commands.SavePerson.RunAsync(caller, id, model.Name, model.Team, model.Languages, CancellationToken.None));
        if (form.Problems.Any || Oneself)
        {
            return;
        }

        Take(form.Problems, await Commands.SetRoles.RunAsync(caller, id, model.Roles, CancellationToken.None));
        foreach (Permission permission in Roles.ByPerson)
        {
            Take(form.Problems, await Commands.SetPermission.RunAsync(caller, id, permission, model.Gives(permission), CancellationToken.None));
        }
    }

    private async Task ResetAsync()
    {
        ResetPasswordOutcome outcome = await Commands.ResetPassword.RunAsync(await Current.GetAsync(), Id!.Value, CancellationToken.None);
        _oneTime = outcome.OneTimePassword;
        Tell(outcome.Result, AdminText.PasswordReset);
    }

    private async Task DisableAsync() => await TellAndReadAsync(
        await Commands.DisablePerson.RunAsync(await Current.GetAsync(), Id!.Value, CancellationToken.None), AdminText.PersonDisabled);

    private async Task EnableAsync() => await TellAndReadAsync(
        await Commands.EnablePerson.RunAsync(await Current.GetAsync(), Id!.Value, CancellationToken.None), AdminText.PersonEnabled);

    private async Task TellAndReadAsync(PersonOutcome outcome, string done)
    {
        Tell(outcome, done);
        if (!_form!.Dirty)
        {
            await ReadAsync();
        }
        else if (_person is not null && outcome == PersonOutcome.Done)
        {
            // What is typed stays; only the state of the account is drawn anew.
            _person = _person with { Disabled = !_person.Disabled };
        }
    }

    private void Tell(PersonOutcome outcome, string done) => Status.Say(AdminProblems.Of(outcome) is var (_, message) ? message : done);

    private static void Take(Problems problems, PersonOutcome outcome)
    {
        if (AdminProblems.Of(outcome) is var (field, message))
        {
            problems.Add(field, message);
        }
    }
}
