using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>One key: what it opens and how it is bounded, the line it stands in, and its successor.</summary>
public sealed partial class KeyPage
{
    private const int DayHours = 24;

    private static readonly (int Hours, string Words)[] s_overlaps =
    [
        (0, AdminText.KeyOverlapNone), (1, AdminText.KeyOverlapHour), (DayHours, AdminText.KeyOverlapDay),
        (3 * DayHours, AdminText.KeyOverlapDays.With(3)), (7 * DayHours, AdminText.KeyOverlapDays.With(7)),
    ];

    private KeyLine? _key;
    private IReadOnlyList<KeyLine> _line = [];
    private FormState<ChangeForm>? _change;
    private FormState<SuccessorForm>? _successor;
    private string? _made;
    private Guid _madeFor;
    private bool _missing;

    /// <summary>The key.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [CascadingParameter]
    public required Moment Moment { get; set; }

    [Inject]
    public required ListApiKeys ListApiKeys { get; init; }

    [Inject]
    public required ChangeApiKey ChangeApiKey { get; init; }

    [Inject]
    public required RotateApiKey RotateApiKey { get; init; }

    [Inject]
    public required ProofAsk Proof { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required IOptions<ApiOptions> Options { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required ILogger<KeyPage> Log { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        if (_key?.Id == Id)
        {
            return;
        }

        _made = _madeFor == Id ? _made : null;
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        IReadOnlyList<KeyLine> keys = await ListApiKeys.RunAsync(await Current.GetAsync(), CancellationToken.None);
        _key = keys.FirstOrDefault(key => key.Id == Id);
        _missing = _key is null;
        _line = [.. keys.Where(key => key.LineId == _key?.LineId)];
        _change = _key is { } shown ? new FormState<ChangeForm>(new ChangeForm { Name = shown.Name, Limits = KeyLimitForm.Of(shown) }, Log) : null;
        _successor = new FormState<SuccessorForm>(new SuccessorForm(), Log);
    }

    private async Task ChangeAsync()
    {
        FormState<ChangeForm> form = _change!;
        _successor!.Problems.Clear();
        if (await form.SaveAsync(async () =>
        {
            form.Problems.AnyBlank(("key-name", form.Model.Name, SharedText.NameInvalid));
            int? rate = form.Model.Limits.ReadRate(form.Problems, "key");
            if (form.Problems.Any)
            {
                return;
            }

            ChangeKeyOutcome outcome = await Proof.WithAsync(
                async () => await ChangeApiKey.RunAsync(
                    await Current.GetAsync(), Id, form.Model.Name, rate, form.Model.Limits.Networks, CancellationToken.None),
                outcome => outcome == ChangeKeyOutcome.ProveFirst);
            if (KeyWords.Problem(outcome) is var (field, message))
            {
                form.Problems.Add(field, message);
            }
        }))
        {
            Status.Say(SharedText.SavedThing.With(form.Model.Name.Trim()));
            await ReadAsync();
        }
    }

    private async Task RotateAsync()
    {
        FormState<SuccessorForm> form = _successor!;
        _change!.Problems.Clear();
        RotatedKey? rotated = null;
        if (await form.SaveAsync(async () =>
        {
            DateTimeOffset? end = form.Model.End.Read(form.Problems, "successor-end", Moment);
            if (form.Problems.Any)
            {
                return;
            }

            rotated = await Proof.WithAsync(
                async () => await RotateApiKey.RunAsync(await Current.GetAsync(), Id, TimeSpan.FromHours(form.Model.OverlapHours), end, CancellationToken.None),
                rotated => rotated.Outcome == RotateKeyOutcome.ProveFirst);
            if (KeyWords.Problem(rotated.Outcome) is var (field, message))
            {
                form.Problems.Add(field, message);
            }
        }) && rotated is not null)
        {
            (_made, _madeFor) = (rotated.Key, Id);
            Status.Say(AdminText.KeyRotated.With(_key!.Name, Moment.Exact(rotated.OldEndsAt)));
            await ReadAsync();
        }
    }

    private string Limit(KeyLine key) => key.RequestsPerSecond is { } own
        ? AdminText.KeyLimitOwn.With(own)
        : AdminText.KeyLimitDefault.With(Options.Value.RequestsPerSecond);

    /// <summary>A key while it is changed.</summary>
    public sealed class ChangeForm
    {
        public string Name { get; set; } = "";

        public KeyLimitForm Limits { get; init; } = new();
    }

    /// <summary>A successor while it is made.</summary>
    public sealed class SuccessorForm
    {
        public KeyEndForm End { get; init; } = new();

        /// <summary>A day gives people time to change programs over, and a lost key little.</summary>
        public int OverlapHours { get; set; } = DayHours;
    }
}
