using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Policies;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Policies;

/// <summary>Writes a policy: new words are a new version.</summary>
public sealed partial class PolicyEditPage
{
    private FormState<PolicyForm>? _form;
    private IReadOnlyList<PolicyRow> _tree = [];
    private KeyValuePair<string, string>[] _actions = [];
    private bool _missing;

    [Parameter]
    public string? Id { get; set; }

    [Inject]
    public required ListPolicies ListPolicies { get; init; }

    [Inject]
    public required ReadPolicy ReadPolicy { get; init; }

    [Inject]
    public required ListActions ListActions { get; init; }

    [Inject]
    public required SavePolicy SavePolicy { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required ILogger<PolicyEditPage> Log { get; init; }

    protected override async Task OnInitializedAsync()
    {
        Caller caller = await Current.GetAsync();
        _tree = await ListPolicies.RunAsync(caller, archived: false, CancellationToken.None);
        PolicyView? view = Id is null ? null : await ReadPolicy.RunAsync(caller, Id, null, CancellationToken.None);
        _missing = Id is not null && view is null;
        PolicyForm form = view is null ? new PolicyForm() : PolicyForm.Of(view);
        // An archived action that the policy still names stays on the list, so that saving does not drop it unseen.
        _actions = [.. (await ListActions.RunAsync(caller, CancellationToken.None))
            .Where(action => !action.Archived || form.Actions.Contains(action.Id))
            .Select(action => KeyValuePair.Create(action.Id, action.Name))];
        _form = _missing ? null : new FormState<PolicyForm>(form, Log);
    }

    private async Task SaveAsync()
    {
        FormState<PolicyForm> form = _form!;
        if (await form.SaveAsync(() => StoreAsync(form)))
        {
            Status.Say(SharedText.SavedThing.With(form.Model.Name.Trim()));
            Navigation.NavigateTo(PolicyWords.Address(form.Model.Id.Trim()));
        }
    }

    private async Task StoreAsync(FormState<PolicyForm> form)
    {
        PolicyForm model = form.Model;
        if (!form.Problems.AnyBlank(
            ("policy-id", model.Id, SharedText.IdInvalid), ("policy-code", model.Code, PoliciesText.CodeInvalid), ("policy-name", model.Name, SharedText.NameInvalid)))
        {
            Refuse(form.Problems, await SavePolicy.RunAsync(await Current.GetAsync(), model.Draft(), CancellationToken.None));
        }
    }

    private static void Refuse(Problems problems, SavePolicyOutcome outcome)
    {
        (string field, string? message) = outcome switch
        {
            SavePolicyOutcome.Saved => ("", null),
            SavePolicyOutcome.IdInvalid => ("policy-id", SharedText.IdInvalid),
            SavePolicyOutcome.IdTaken => ("policy-id", SharedText.IdTaken),
            SavePolicyOutcome.CodeInvalid => ("policy-code", PoliciesText.CodeInvalid),
            SavePolicyOutcome.NameInvalid => ("policy-name", SharedText.NameInvalid),
            SavePolicyOutcome.TextTooLong => ("policy-text", PoliciesText.TextTooLong),
            SavePolicyOutcome.ListTooLong => ("policy-templates", PoliciesText.ListTooLong),
            SavePolicyOutcome.ParentInvalid => ("policy-parent", PoliciesText.ParentInvalid),
            SavePolicyOutcome.Changed => ("", SharedText.ChangedMeanwhile),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };
        problems.Unless(message is null, field, message ?? "");
    }
}
