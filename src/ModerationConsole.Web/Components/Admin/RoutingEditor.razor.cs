using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Routing;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>Edits the routing table as a whole; it is saved as a whole.</summary>
public sealed partial class RoutingEditor
{
    private FormState<RoutingForm>? _form;
    private IReadOnlyList<ItemTypeView> _types = [];
    private IReadOnlyList<PolicyRow> _policies = [];
    private string _stamp = "";

    /// <summary>All queues.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<QueueSettings> Queues { get; set; }

    [Inject]
    public required ListRouting ListRouting { get; init; }

    [Inject]
    public required SaveRouting SaveRouting { get; init; }

    [Inject]
    public required ListItemTypes ListItemTypes { get; init; }

    [Inject]
    public required ListPolicies ListPolicies { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required ILogger<RoutingEditor> Log { get; init; }

    protected override async Task OnInitializedAsync()
    {
        Caller caller = await Current.GetAsync();
        _types = await ListItemTypes.RunAsync(caller, CancellationToken.None);
        _policies = await ListPolicies.RunAsync(caller, archived: true, CancellationToken.None);
        await ReadAsync(caller);
    }

    private async Task ReadAsync(Caller caller)
    {
        RoutingTable table = await ListRouting.RunAsync(caller, CancellationToken.None);
        _stamp = table.Stamp;
        _form = new FormState<RoutingForm>(RoutingForm.Of(table), Log);
    }

    // An archived queue takes nothing new; a line that still names it shows that.
    private IEnumerable<QueueSettings> Choices(Guid chosen) => Queues.Where(queue => !queue.Archived || queue.Id == chosen);

    private void Add()
    {
        if (Queues.FirstOrDefault(queue => !queue.Archived) is { Id: { } first })
        {
            _form!.Model.Lines.Add(new RoutingForm.Line { QueueId = first });
        }
    }

    private async Task SaveAsync()
    {
        FormState<RoutingForm> form = _form!;
        Caller caller = await Current.GetAsync();
        if (await form.SaveAsync(async () =>
        {
            SavedRouting saved = await SaveRouting.RunAsync(caller, [.. form.Model.Lines.Select(line => line.Wanted())], _stamp, CancellationToken.None);
            if (QueueProblems.Of(saved) is { } message)
            {
                form.Problems.Add("", message);
            }
        }))
        {
            Status.Say(AdminText.RoutingSaved);
            await ReadAsync(caller);
        }
    }
}
