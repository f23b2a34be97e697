using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.OwnRoles;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>Adds a person, or changes one: details, roles, access.</summary>
public sealed partial class PersonPage
{
    private static readonly KeyValuePair<string, string>[] s_own =
        [.. Roles.ByPerson.Select(permission => KeyValuePair.Create(permission.ToString(), PermissionWords.Of(permission)))];

    private FormState<PersonForm>? _form;
    private PersonRow? _person;
    private IReadOnlyList<TeamRow> _teams = [];
    private KeyValuePair<string, string>[] _roles = [];
    private string? _oneTime;
    private bool _missing;
    private bool _asked;

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
    public required ListRoles ListRoles { get; init; }

    [Inject]
    public required AddPerson AddPerson { get; init; }

    [Inject]
    public required PersonCommands Commands { get; init; }

    [Inject]
    public required ProofAsk Proof { get; init; }

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
        _roles =
        [
            .. (await ListRoles.RunAsync(caller, CancellationToken.None)).Where(role => role.RetiredAt is null)
                .Select(role => KeyValuePair.Create(role.Name, RoleWords.Of(role.Name))),
        ];
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

        Status.Say(_asked ? AdminText.RolesAsked : SharedText.SavedThing.With(form.Model.Name.Trim()));
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

        AddPersonOutcome outcome = await Proof.WithAsync(
            async () => await AddPerson.RunAsync(
                await Current.GetAsync(), new NewPerson(model.Email, model.Name, [.. model.Roles], model.Team, model.Languages), CancellationToken.None),
            outcome => outcome.Result == AddPersonResult.ProveFirst);
        if (AdminProblems.Of(outcome.Result) is var (field, message))
        {
            form.Problems.Add(field, message);
            return;
        }

        (Id, _oneTime, _asked) = (outcome.PersonId, outcome.OneTimePassword, outcome.Asked);
        foreach (Permission permission in Roles.ByPerson.Where(model.Gives))
        {
            await ProvedAsync(async () => await Commands.SetPermission.RunAsync(await Current.GetAsync(), outcome.PersonId, permission, granted: true, CancellationToken.None));
        }

        // The password is shown now and never again, so the page stays, as that of the new person.
        form.Keep();
        await ReadAsync();
    }

    private async Task ChangeAsync(FormState<PersonForm> form, Guid id)
    {
        PersonForm model = form.Model;
        // First what may ask for a proof, so that nothing is done where none is given.
        if (!Oneself && !await SetAccessAsync(form, id))
        {
            return;
        }

        Take(form.Problems, await Commands.SavePerson.RunAsync(await Current.GetAsync(), id, model.Name, model.Team, model.Languages, CancellationToken.None));
    }

    // Only what was changed: nobody is asked who they are for a name.
    private async Task<bool> SetAccessAsync(FormState<PersonForm> form, Guid id)
    {
        PersonForm model = form.Model;
        PersonRow before = _person!;
        Caller caller = await Current.GetAsync();
        List<Func<Task<PersonOutcome>>> changes =
        [
            .. Roles.ByPerson.Where(permission => model.Gives(permission) != before.Own.Contains(permission))
                .Select(permission => (Func<Task<PersonOutcome>>)(() => Commands.SetPermission.RunAsync(caller, id, permission, model.Gives(permission), CancellationToken.None))),
        ];
        if (!before.Roles.ToHashSet(StringComparer.Ordinal).SetEquals(model.Roles))
        {
            changes.Insert(0, () => Commands.SetRoles.RunAsync(caller, id, model.Roles, CancellationToken.None));
        }

        _asked = false;
        foreach (Func<Task<PersonOutcome>> change in changes)
        {
            PersonOutcome outcome = await ProvedAsync(change);
            _asked |= outcome == PersonOutcome.Asked;
            Take(form.Problems, outcome);
            if (outcome == PersonOutcome.ProveFirst)
            {
                return false;
            }
        }

        return true;
    }

    private async Task ResetAsync()
    {
        ResetPasswordOutcome outcome = await Proof.WithAsync(
            async () => await Commands.ResetPassword.RunAsync(await Current.GetAsync(), Id!.Value, CancellationToken.None),
            outcome => outcome.Result == PersonOutcome.ProveFirst);
        _oneTime = outcome.OneTimePassword;
        Tell(outcome.Result, AdminText.PasswordReset);
    }

    private async Task ResetFactorAsync()
    {
        PersonOutcome outcome = await ProvedAsync(async () => await Commands.ResetSecondFactor.RunAsync(await Current.GetAsync(), Id!.Value, CancellationToken.None));
        Tell(outcome, AdminText.SecondFactorReset);
        if (_person is not null && outcome == PersonOutcome.Done)
        {
            _person = _person with { SecondFactor = false };
        }
    }

    private Task<PersonOutcome> ProvedAsync(Func<Task<PersonOutcome>> command) => Proof.WithAsync(command, outcome => outcome == PersonOutcome.ProveFirst);

    private async Task DisableAsync() => await TellAndReadAsync(
        await Commands.DisablePerson.RunAsync(await Current.GetAsync(), Id!.Value, CancellationToken.None), AdminText.PersonDisabled);

    private async Task EnableAsync() => await TellAndReadAsync(
        await ProvedAsync(async () => await Commands.EnablePerson.RunAsync(await Current.GetAsync(), Id!.Value, CancellationToken.None)), AdminText.PersonEnabled);

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
