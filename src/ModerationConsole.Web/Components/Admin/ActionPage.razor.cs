using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>Defines an action of the platform, or changes one.</summary>
public sealed partial class ActionPage
{
    private FormState<ActionForm>? _form;
    private ActionLine[] _others = [];
    private KeyValuePair<string, string>[] _types = [];
    private string? _name;
    private bool _missing;

    /// <summary>The action; null to define one.</summary>
    [Parameter]
    public string? Id { get; set; }

    [Inject]
    public required ListActions ListActions { get; init; }

    [Inject]
    public required ListItemTypes ListItemTypes { get; init; }

    [Inject]
    public required SaveAction SaveAction { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required ILogger<ActionPage> Log { get; init; }

    protected override async Task OnInitializedAsync()
    {
        Caller caller = await Current.GetAsync();
        IReadOnlyList<ActionLine> all = await ListActions.RunAsync(caller, CancellationToken.None);
        ActionLine? action = all.FirstOrDefault(line => line.Id == Id);
        _missing = Id is not null && action is null;
        _name = action?.Name;
        _others = [.. all.Where(line => line.Id != Id && (!line.Archived || line.Id == action?.ReversalActionId))];
        _types = [.. (await ListItemTypes.RunAsync(caller, CancellationToken.None)).Select(type => KeyValuePair.Create(type.Id, type.Name))];
        _form = _missing ? null : new FormState<ActionForm>(action is null ? new ActionForm() : ActionForm.Of(action), Log);
    }

    private async Task SaveAsync()
    {
        FormState<ActionForm> form = _form!;
        if (await form.SaveAsync(() => StoreAsync(form)))
        {
            Status.Say(SharedText.SavedThing.With(form.Model.Name.Trim()));
            Navigation.NavigateTo("admin/actions");
        }
    }

    private async Task StoreAsync(FormState<ActionForm> form)
    {
        if (!form.Problems.AnyBlank(("action-id", form.Model.Id, SharedText.IdInvalid), ("action-name", form.Model.Name, SharedText.NameInvalid)))
        {
            Refuse(form.Problems, await SaveAction.RunAsync(await Current.GetAsync(), form.Model.Draft(), CancellationToken.None));
        }
    }

    private static void Refuse(Problems problems, SaveActionOutcome outcome)
    {
        (string field, string? message) = outcome switch
        {
            SaveActionOutcome.Saved => ("", null),
            SaveActionOutcome.IdInvalid => ("action-id", SharedText.IdInvalid),
            SaveActionOutcome.IdTaken => ("action-id", SharedText.IdTaken),
            SaveActionOutcome.NameInvalid => ("action-name", SharedText.NameInvalid),
            SaveActionOutcome.TextTooLong => ("action-description", AdminText.TooLong),
            SaveActionOutcome.AddressRefused => ("action-callback", AdminText.AddressRefused),
            SaveActionOutcome.CustomBodyInvalid => ("action-body", AdminText.CustomBodyInvalid),
            SaveActionOutcome.ParametersInvalid => ("action-parameters", AdminText.ParametersInvalid),
            SaveActionOutcome.UnknownItemType => ("action-types", AdminText.RoutingType),
            SaveActionOutcome.UnknownReversal => ("action-reversal", AdminText.Missing),
            SaveActionOutcome.Changed => ("", SharedText.ChangedMeanwhile),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };
        problems.Unless(message is null, field, message ?? "");
    }
}
