using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Routing;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>The routing table while it is changed.</summary>
public sealed class RoutingForm
{
    public List<Line> Lines { get; init; } = [];

    /// <summary>The table as it stands.</summary>
    public static RoutingForm Of(RoutingTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new RoutingForm { Lines = [.. table.Lines.Select(Line.Of)] };
    }

    /// <summary>Moves a line up (-1) or down (1).</summary>
    public void Move(int place, int by) => (Lines[place], Lines[place + by]) = (Lines[place + by], Lines[place]);

    /// <summary>One line; text that is empty leaves a condition open.</summary>
    public sealed class Line
    {
        public Guid Key { get; init; } = Guid.NewGuid();

        public string ItemTypeId { get; set; } = "";

        public string PolicyId { get; set; } = "";

        public string Source { get; set; } = "";

        public string MinSeverity { get; set; } = "";

        public string Language { get; set; } = "";

        public Guid QueueId { get; set; }

        public int Priority { get; set; } = 50;

        public int? DeadlineMinutes { get; set; }

        /// <summary>A line that is there already.</summary>
        public static Line Of(RoutingLine line)
        {
            ArgumentNullException.ThrowIfNull(line);
            return new Line
            {
                ItemTypeId = line.ItemTypeId ?? "",
                PolicyId = line.PolicyId ?? "",
                Source = line.Source?.ToString() ?? "",
                MinSeverity = line.MinSeverity?.ToString() ?? "",
                Language = line.Language ?? "",
                QueueId = line.QueueId,
                Priority = line.Priority,
                DeadlineMinutes = line.DeadlineMinutes,
            };
        }

        /// <summary>What the core is asked to save.</summary>
        public RoutingLine Wanted() => new(
            QueueId, ItemTypeId, PolicyId,
            Enum.TryParse(Source, out CaseSource source) ? source : null,
            Enum.TryParse(MinSeverity, out Severity severity) ? severity : null,
            Language, Priority, DeadlineMinutes);
    }
}
