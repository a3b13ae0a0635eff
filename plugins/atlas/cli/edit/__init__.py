"""What the commands that add records share: options, answers, known places, writing."""
