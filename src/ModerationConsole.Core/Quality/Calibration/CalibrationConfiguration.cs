using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Calibration;

internal sealed class CalibrationConfiguration :
    IEntityTypeConfiguration<CalibrationSession>, IEntityTypeConfiguration<CalibrationCase>, IEntityTypeConfiguration<CalibrationPerson>,
    IEntityTypeConfiguration<CalibrationVote>
{
    public void Configure(EntityTypeBuilder<CalibrationSession> builder)
    {
        builder.ToTable("quality_calibration");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Notes).HasMaxLength(TextLength.Note);
        builder.HasIndex(row => new { row.State, row.MadeAt });
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.MadeBy);
    }

    public void Configure(EntityTypeBuilder<CalibrationCase> builder)
    {
        builder.ToTable("quality_calibration_case");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Notes).HasMaxLength(TextLength.Note);
        builder.HasIndex(row => new { row.SessionId, row.CaseNumber }).IsUnique();
        builder.HasIndex(row => row.CaseNumber);
        builder.HasOne<CalibrationSession>().WithMany().HasForeignKey(row => row.SessionId);
        builder.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseNumber);
        builder.HasOne<Decision>().WithMany().HasForeignKey(row => row.DecisionId);
    }

    public void Configure(EntityTypeBuilder<CalibrationPerson> builder)
    {
        builder.ToTable("quality_calibration_person");
        builder.HasKey(row => new { row.SessionId, row.PersonId });
        builder.HasIndex(row => row.PersonId);
        builder.HasOne<CalibrationSession>().WithMany().HasForeignKey(row => row.SessionId);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
    }

    public void Configure(EntityTypeBuilder<CalibrationVote> builder)
    {
        builder.ToTable("quality_calibration_vote");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.PolicyId).HasMaxLength(TextLength.Id);
        builder.HasIndex(row => new { row.CalibrationCaseId, row.PersonId, row.Round }).IsUnique();
        builder.HasIndex(row => row.TaskNumber).IsUnique();
        builder.HasOne<CalibrationCase>().WithMany().HasForeignKey(row => row.CalibrationCaseId);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
        builder.HasOne<ReviewTask>().WithMany().HasForeignKey(row => row.TaskNumber);
        builder.HasOne<Decision>().WithMany().HasForeignKey(row => row.DecisionId);
    }
}
