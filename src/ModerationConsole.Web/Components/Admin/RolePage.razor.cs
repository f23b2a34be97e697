using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People.OwnRoles;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>Makes a role, or changes or retires one that was made here; shows what any other includes.</summary>
public sealed partial class RolePage
{
    private FormState<RoleForm>? _form;
    private RoleRow? _role;
    private bool _missing;

    /// <summary>The role; null to make one.</summary>
    [Parameter]
    public Guid? Id { get; set; }

    [Inject]
    public required ListRoles ListRoles { get; init; }

    [Inject]
    public required MakeRole MakeRole { get; init; }

    [Inject]
    public required ChangeRole ChangeRole { get; init; }

    [Inject]
    public required RetireRole RetireRole { get; init; }

    [Inject]
    public required ProofAsk Proof { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required ShellScript Script { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required ILogger<RolePage> Log { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _role = Id is null ? null : (await ListRoles.RunAsync(await Current.GetAsync(), CancellationToken.None)).FirstOrDefault(role => role.Id == Id);
        _missing = Id is not null && _role is null;
        if (Id is null || _role is { Own: true, RetiredAt: null })
        {
            _form = new FormState<RoleForm>(RoleForm.Of(_role), Log);
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Words(IEnumerable<Permission> permissions) =>
        permissions.Select(permission => KeyValuePair.Create(permission.ToString(), PermissionWords.Of(permission)));

    private async Task SaveAsync()
    {
        FormState<RoleForm> form = _form!;
        if (await form.SaveAsync(async () =>
        {
            Caller caller = await Current.GetAsync();
            OwnRoleOutcome outcome = await Proof.WithAsync(
                () => Id is { } id
                    ? ChangeRole.RunAsync(caller, id, form.Model.Description, form.Model.Chosen, CancellationToken.None)
                    : MakeRole.RunAsync(caller, form.Model.Name, form.Model.Description, form.Model.Chosen, CancellationToken.None),
                outcome => outcome.Result == OwnRoleResult.ProveFirst);
            if (RoleProblems.Of(outcome.Result) is var (field, message))
            {
                form.Problems.Add(field, message);
            }
        }))
        {
            Status.Say(SharedText.SavedThing.With(_role?.Name ?? form.Model.Name.Trim()));
            Navigation.NavigateTo("admin/roles");
        }
    }

    // It cannot be taken back, so it is asked.
    private async Task RetireAsync()
    {
        if (!await Script.ConfirmAsync(RolesText.RetireQuestion.With(_role!.Name)))
        {
            return;
        }

        OwnRoleOutcome outcome = await RetireRole.RunAsync(await Current.GetAsync(), _role.Id, CancellationToken.None);
        if (RoleProblems.Of(outcome.Result) is var (_, message))
        {
            Status.Say(message);
            return;
        }

        _form!.Keep();
        Status.Say(RolesText.RetiredNow.With(_role.Name));
        Navigation.NavigateTo("admin/roles");
    }

    /// <summary>A role while it is made or changed.</summary>
    public sealed class RoleForm
    {
        public string Name { get; set; } = "";

        public string Description { get; set; } = "";

        /// <summary>What it includes, by name.</summary>
        public HashSet<string> Permissions { get; init; } = [];

        internal Permission[] Chosen => [.. Permissions.Select(Enum.Parse<Permission>)];

        internal static RoleForm Of(RoleRow? role) => role is null
            ? new RoleForm()
            : new RoleForm
            {
                Name = role.Name,
                Description = role.Description,
                Permissions = [.. role.Permissions.Where(permission => permission != Permission.UseConsole).Select(permission => permission.ToString())],
            };
    }
}
