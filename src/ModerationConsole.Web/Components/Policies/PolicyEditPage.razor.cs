using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Policies;

/// <summary>Writes a draft of a policy. What moderators read changes when it is published, and not before.</summary>
public sealed partial class PolicyEditPage
{
    private FormState<PolicyForm>? _form;
    private IReadOnlyList<PolicyRow> _tree = [];
    private KeyValuePair<string, string>[] _actions = [];
    private KeyValuePair<string, string>[] _queues = [];
    private KeyValuePair<string, string>[] _fields = [];
    private RevisionView? _theirs;
    private bool _moved;
    private bool _waits;
    private bool _missing;

    [CascadingParameter]
    public required Moment Moment { get; set; }

    [Parameter]
    public string? Id { get; set; }

    [Inject]
    public required ListPolicies ListPolicies { get; init; }

    [Inject]
    public required ReadPolicy ReadPolicy { get; init; }

    [Inject]
    public required ReadRevision ReadRevision { get; init; }

    [Inject]
    public required ListActions ListActions { get; init; }

    [Inject]
    public required ListQueueNames ListQueueNames { get; init; }

    [Inject]
    public required ListItemTypes ListItemTypes { get; init; }

    [Inject]
    public required SaveRevision SaveRevision { get; init; }

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
        RevisionView? begun = Id is null ? null : await ReadRevision.RunAsync(caller, Id, CancellationToken.None);
        PolicyView? view = Id is null || begun is not null ? null : await ReadPolicy.RunAsync(caller, Id, null, CancellationToken.None);
        _waits = begun is { Draft.State: not RevisionState.Draft };
        _missing = Id is not null && begun is null && view is null;
        if (_waits || _missing)
        {
            return;
        }

        PolicyForm form = begun is not null ? PolicyForm.Of(begun, Moment) : view is not null ? PolicyForm.Of(view, Moment) : PolicyForm.New(Moment);
        _moved = begun is not null && form.BasedOn != begun.Draft.BasedOn;
        await ListChoicesAsync(caller, form);
        _form = new FormState<PolicyForm>(form, Log);
    }

    protected override void OnParametersSet() => _form?.Follow(Moment);

    // What is archived but still named stays on its list, so that saving does not drop it unseen.
    private async Task ListChoicesAsync(Caller caller, PolicyForm form)
    {
        _actions = [.. (await ListActions.RunAsync(caller, CancellationToken.None))
            .Where(action => !action.Archived || form.Actions.Contains(action.Id))
            .Select(action => KeyValuePair.Create(action.Id, action.Name))];
        _queues = [.. (await ListQueueNames.RunAsync(caller, CancellationToken.None))
            .Where(queue => !queue.Archived || form.Queues.Contains(queue.Id.ToString()))
            .Select(queue => KeyValuePair.Create(queue.Id.ToString(), queue.Name))];
        string[] fields = [.. (await ListItemTypes.RunAsync(caller, CancellationToken.None)).Where(type => !type.Archived)
            .SelectMany(type => type.Fields.Select(field => $"{type.Id}.{field.Name}"))];
        _fields = [.. fields.Union(form.Fields).Select(field => KeyValuePair.Create(field, field))];
    }

    private async Task SaveAsync()
    {
        FormState<PolicyForm> form = _form!;
        if (await form.SaveAsync(() => StoreAsync(form)))
        {
            Status.Say(PoliciesText.DraftSaved.With(form.Model.Name.Trim()));
            Navigation.NavigateTo(PolicyWords.DraftAddress(form.Model.Id.Trim()));
        }
    }

    // The words of the other person were read, and these are to stand in their place.
    private async Task KeepMineAsync()
    {
        FormState<PolicyForm> form = _form!;
        (form.Model.RevisionId, form.Model.Version, _theirs) = (_theirs!.Draft.Id, _theirs.Draft.Version, null);
        await SaveAsync();
    }

    private async Task StoreAsync(FormState<PolicyForm> form)
    {
        PolicyForm model = form.Model;
        if (form.Problems.AnyBlank(
            ("policy-id", model.Id, SharedText.IdInvalid), ("policy-code", model.Code, PoliciesText.CodeInvalid), ("policy-name", model.Name, SharedText.NameInvalid)))
        {
            return;
        }

        Caller caller = await Current.GetAsync();
        SavePolicyOutcome outcome = (await SaveRevision.RunAsync(caller, model.Command(Moment), CancellationToken.None)).Outcome;
        _theirs = outcome == SavePolicyOutcome.Changed ? await ReadRevision.RunAsync(caller, model.Id.Trim(), CancellationToken.None) : null;
        if (_theirs is { Draft.State: not RevisionState.Draft })
        {
            (outcome, _theirs) = (SavePolicyOutcome.DraftUnderWay, null);
        }

        Refuse(form.Problems, outcome);
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
            SavePolicyOutcome.FieldInvalid => ("policy-fields", PoliciesText.FieldInvalid),
            SavePolicyOutcome.Changed => ("", SharedText.ChangedMeanwhile),
            SavePolicyOutcome.DraftUnderWay => ("", PoliciesText.WaitsNow),
            SavePolicyOutcome.SecondPersonNeeded => ("", PoliciesText.RefusedOwn),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };
        problems.Unless(message is null, field, message ?? "");
    }
}
