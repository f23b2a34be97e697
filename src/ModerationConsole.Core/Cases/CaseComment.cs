using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Cases;

/// <summary>What someone of the team wrote beside a case. Never changed, never sent to the platform.</summary>
public sealed class CaseComment : IAppendOnly
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The case.</summary>
    public long CaseNumber { get; init; }

    /// <summary>Who wrote it; null where the console did.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The words.</summary>
    public string Text { get; init; } = "";

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; init; }
}

internal sealed class CaseCommentConfiguration : IEntityTypeConfiguration<CaseComment>
{
    public void Configure(EntityTypeBuilder<CaseComment> builder)
    {
        builder.ToTable("case_comment", table => table.HasTrigger("tr_case_comment_change"));
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Text).HasMaxLength(TextLength.Note);
        builder.HasIndex(row => new { row.CaseNumber, row.At });
        builder.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseNumber);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
    }
}
