using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.Notices;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;
using Moment = ModerationConsole.Web.Components.Shared.Moment;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>Enters a notice that came by letter or mail.</summary>
public sealed partial class NoticeNewPage
{
    private IReadOnlyList<NoticeTypeChoice> _types = [];
    private IReadOnlyList<ItemTypeView> _itemTypes = [];
    private FormState<Form>? _form;

    [CascadingParameter]
    public required Moment Moment { get; set; }

    [Inject]
    public required ListNoticeTypes ListNoticeTypes { get; init; }

    [Inject]
    public required ListItemTypes ListItemTypes { get; init; }

    [Inject]
    public required EnterNotice EnterNotice { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required ILogger<NoticeNewPage> Log { get; init; }

    private NoticeTypeChoice? Chosen => _types.FirstOrDefault(type => type.Code == _form?.Model.Type);

    protected override async Task OnInitializedAsync()
    {
        _types = await ListNoticeTypes.RunAsync(await Current.GetAsync(), CancellationToken.None);
        _itemTypes = [.. (await ListItemTypes.RunAsync(await Current.GetAsync(), CancellationToken.None)).Where(type => !type.Archived)];
        _form = new FormState<Form>(new Form(Moment, Clock.GetUtcNow()) { ItemType = _itemTypes.Count == 1 ? _itemTypes[0].Id : "" }, Log);
    }

    protected override void OnParametersSet() => _form?.Follow(Moment);

    private async Task SaveAsync()
    {
        FormState<Form> form = _form!;
        NoticeReceipt? receipt = null;
        if (await form.SaveAsync(async () =>
        {
            Form model = form.Model;
            if (form.Problems.AnyBlank(
                ("notice-type", model.Type, NoticesText.TypeMissing),
                ("notice-received", model.ReceivedAt?.ToString("O"), NoticesText.ReceivedMissing),
                ("notice-sender", model.Sender, NoticesText.SenderMissing),
                ("notice-item-type", model.ItemType, NoticesText.ItemTypeMissing),
                ("notice-items", model.Items, NoticesText.ItemsMissing)))
            {
                return;
            }

            NoticeReceived outcome = await EnterNotice.RunAsync(await Current.GetAsync(), model.Body(), CancellationToken.None);
            receipt = outcome.Receipt;
            foreach (IntakeProblem problem in outcome.Problems)
            {
                (string field, string message) = Said(problem);
                form.Problems.Add(field, message);
            }
        }))
        {
            Status.Say(NoticesText.Saved.With(receipt!.Number, Moment.Relative(receipt.DueAt)));
            Navigation.NavigateTo($"admin/clocks/{receipt.Number}");
        }
    }

    private static (string Field, string Message) Said(IntakeProblem problem)
    {
        long line = problem.Pointer.StartsWith("/items/", StringComparison.Ordinal) && int.TryParse(problem.Pointer.Split('/')[2], out int place) ? place + 1 : 0;
        return problem.Code switch
        {
            "notice.type" => ("notice-type", NoticesText.TypeMissing),
            "notice.basis" => ("notice-basis", NoticesText.BasisMissing),
            "notice.jurisdiction" => ("notice-jurisdiction", NoticesText.JurisdictionWrong),
            "notice.sender" => ("notice-sender", NoticesText.SenderMissing),
            "notice.received" => ("notice-received", NoticesText.ReceivedMissing),
            "notice.received-ahead" => ("notice-received", NoticesText.ReceivedAhead),
            "notice.received-old" => ("notice-received", NoticesText.ReceivedOld),
            "notice.items" => ("notice-items", NoticesText.ItemsMany),
            "notice.item-twice" => ("notice-items", NoticesText.ItemTwice.With(line)),
            "notice.text" => ($"notice-{problem.Pointer[1..]}", NoticesText.TextLong),
            _ => ("notice-items", NoticesText.ItemUnknown.With(line)),
        };
    }

    /// <summary>The notice while it is written.</summary>
    /// <param name="now">When it was begun: it was received then unless the person says otherwise.</param>
    public sealed class Form(Moment moment, DateTimeOffset now) : IZonedForm
    {
        private Moment _moment = moment;

        // To the minute, as the field has it.
        private DateTime _begun = Minute(moment.Local(now).DateTime);

        [JsonIgnore]
        public TimeZoneInfo Zone => _moment.Zone;

        public string Type { get; set; } = "";

        public DateTime? ReceivedAt { get; set; } = Minute(moment.Local(now).DateTime);

        /// <summary>Whether the clock of the person showed that time twice and they do not say which they mean.</summary>
        public bool Twice => ReceivedAt is { } at && at != _begun && _moment.IsShownTwice(at);

        public string Sender { get; set; } = "";

        public string Reference { get; set; } = "";

        public string Jurisdiction { get; set; } = "";

        public string Basis { get; set; } = "";

        public string Scope { get; set; } = "";

        public string Explanation { get; set; } = "";

        public string ItemType { get; set; } = "";

        public string Items { get; set; } = "";

        public void MoveTo(Moment moment)
        {
            ArgumentNullException.ThrowIfNull(moment);
            ReceivedAt = ReceivedAt is { } at ? moment.Local(Instant(at)).DateTime : null;
            (_moment, _begun) = (moment, Minute(moment.Local(now).DateTime));
        }

        /// <summary>The same in the shape in which programs send it; what is empty is left to the type.</summary>
        public JsonElement Body()
        {
            return JsonSerializer.SerializeToElement(new
            {
                type = Type,
                receivedAt = Instant(ReceivedAt!.Value).ToString("O"),
                sender = Sender,
                reference = Reference,
                jurisdiction = Given(Jurisdiction),
                basis = Given(Basis),
                scope = Scope,
                explanation = Explanation,
                items = Items.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(id => new { id, typeId = ItemType }),
            });
        }

        // The first of two keeps the law's time in any case; what the person left as it was is known.
        private DateTimeOffset Instant(DateTime at) => at == _begun ? now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)) : _moment.FirstInstant(at);

        private static DateTime Minute(DateTime at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMinute));

        private static string? Given(string text) => string.IsNullOrWhiteSpace(text) ? null : text;
    }
}
